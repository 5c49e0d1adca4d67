/**
 * The page draws checkboxes without the ticks they begin with (`initial_options`), and a view that is sent has none where
 * nothing was touched. Slack does both: https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
 */
type Json = Record<string, unknown>;

interface View {
  id?: string;
  blocks?: {
    block_id?: string;
    element?: { type?: string; action_id?: string; initial_options?: unknown[] };
  }[];
}

/** The view on top after this frame to the page; undefined where the frame is about something else. */
export function topView(frame: Json): View | null | undefined {
  const stack =
    frame['t'] === 'view'
      ? frame['stack']
      : frame['t'] === 'init'
        ? (frame['state'] as Json)['modalStack']
        : undefined;
  return Array.isArray(stack) ? ((stack as View[]).at(-1) ?? null) : undefined;
}

/** What a person sends, with the ticks of the groups that were not touched. */
export function withInitialTicks(frame: Json, view: View | null): Json {
  if (frame['t'] !== 'view_submit' || view === null) return frame;
  const untouched = (view.blocks ?? []).flatMap(({ block_id: block, element }) =>
    block && element?.type === 'checkboxes' && element.action_id && element.initial_options
      ? [
          [
            block,
            { [element.action_id]: { type: 'checkboxes', selected_options: element.initial_options } },
          ] as const,
        ]
      : [],
  );
  return { ...frame, values: { ...Object.fromEntries(untouched), ...(frame['values'] as Json) } };
}

/** One box of each group at a time, because the page draws a group anew after every tick. */
export const ticksScript = `<script>(() => {
  let view;
  const done = new Set();
  const tick = () => {
    const groups = document.querySelectorAll('.modal .bk-options');
    const elements = (view?.blocks ?? []).map(({ element }) => element)
      .filter((element) => ['checkboxes', 'radio_buttons'].includes(element?.type));
    let left = false;
    elements.forEach((element, group) => {
      const initial = (element.initial_options ?? []).map(({ value }) => value);
      const next = element.options.findIndex(({ value }, index) =>
        initial.includes(value) && !done.has([view.id, group, index].join()));
      if (next < 0) return;
      left = true;
      const box = groups[group]?.querySelectorAll('input')[next];
      if (!box) return;
      done.add([view.id, group, next].join());
      if (!box.checked) box.click();
    });
    if (left) setTimeout(tick, 5);
  };
  window.WebSocket = class extends window.WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        const frame = JSON.parse(data);
        const stack = frame.t === 'view' ? frame.stack : frame.t === 'init' ? frame.state.modalStack : undefined;
        if (!stack) return;
        view = stack.at(-1);
        setTimeout(tick);
      });
    }
  };
})()</script>`;
