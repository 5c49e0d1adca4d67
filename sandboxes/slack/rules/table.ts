import { anything, list, number, object, plain, string, text, typed, word, yesOrNo } from './rule.ts';
import type { Rule, Shape } from './rule.ts';

/**
 * What Slack takes: every block, element and view, with its published limits. One table, read by check.ts. Each row names
 * the page it was read from; what no page says is marked "seen" (by others, in public issues) or "assumed".
 */
const reference = 'https://docs.slack.dev/reference/block-kit';
const objectsPage = (name: string) => `${reference}/composition-objects/${name}-object`;
const elementPage = (name: string) => `${reference}/block-elements/${name}-element`;
const blockPage = (name: string) => `${reference}/blocks/${name}-block`;

const id = string(255);
const url = string(3000);

const confirm: Rule = object({
  source: objectsPage('confirmation-dialog'),
  properties: {
    title: plain(100),
    text: text(300),
    confirm: plain(30),
    deny: plain(30),
    style: word('primary', 'danger'),
  },
  needed: ['title', 'text', 'confirm', 'deny'],
});

/** `value`: 150 seen live (github.com/slackapi/bolt-python/issues/838), though an older comment says 75. */
const optionShape = (label: Rule, more: Record<string, Rule> = {}): Shape => ({
  source: objectsPage('option'),
  properties: { text: label, value: string(150), description: plain(75), ...more },
  needed: ['text', 'value'],
});
const option = object(optionShape(plain(75)));
/** Checkboxes and radio buttons may be written in mrkdwn. */
const drawnOption = object({
  ...optionShape(text(75)),
  properties: { text: text(75), value: string(150), description: text(75) },
});
/** Only here an option may have a `url`: elsewhere even an empty one is refused (github.com/slack-go/slack/issues/612). */
const overflowOption = object(optionShape(plain(75), { url }));
const group = object({
  source: objectsPage('option-group'),
  properties: { label: plain(75), options: list(option, 100) },
  needed: ['label', 'options'],
});

const common = { action_id: id, confirm, focus_on_load: yesOrNo };
const menu = { ...common, placeholder: plain(150) };
const multi = { max_selected_items: number(1, 100) };
const options = { options: list(option, 100), option_groups: list(group, 100) };
const eitherOptions = { names: ['options', 'option_groups'], exactly: true } as const;
const filter = anything;

const choosing: Record<string, Shape> = {
  static_select: {
    source: elementPage('select-menu'),
    properties: { ...menu, ...options, initial_option: option },
    oneOf: eitherOptions,
  },
  multi_static_select: {
    source: elementPage('multi-select-menu'),
    properties: { ...menu, ...multi, ...options, initial_options: list(option, 100) },
    oneOf: eitherOptions,
  },
  external_select: {
    source: elementPage('select-menu'),
    properties: { ...menu, min_query_length: number(0, 255), initial_option: option },
  },
  multi_external_select: {
    source: elementPage('multi-select-menu'),
    properties: {
      ...menu,
      ...multi,
      min_query_length: number(0, 255),
      initial_options: list(option, 100),
    },
  },
  users_select: { source: elementPage('select-menu'), properties: { ...menu, initial_user: string(255) } },
  multi_users_select: {
    source: elementPage('multi-select-menu'),
    properties: { ...menu, ...multi, initial_users: list(string(255), 100) },
  },
  conversations_select: {
    source: elementPage('select-menu'),
    properties: {
      ...menu,
      initial_conversation: string(255),
      default_to_current_conversation: yesOrNo,
      response_url_enabled: yesOrNo,
      filter,
    },
  },
  multi_conversations_select: {
    source: elementPage('multi-select-menu'),
    properties: {
      ...menu,
      ...multi,
      initial_conversations: list(string(255), 100),
      default_to_current_conversation: yesOrNo,
      filter,
    },
  },
  channels_select: {
    source: elementPage('select-menu'),
    properties: { ...menu, initial_channel: string(255), response_url_enabled: yesOrNo },
  },
  multi_channels_select: {
    source: elementPage('multi-select-menu'),
    properties: { ...menu, ...multi, initial_channels: list(string(255), 100) },
  },
  checkboxes: {
    source: elementPage('checkboxes'),
    properties: { ...common, options: list(drawnOption, 10), initial_options: list(drawnOption, 10) },
    needed: ['options'],
  },
  radio_buttons: {
    source: elementPage('radio-button-group'),
    properties: { ...common, options: list(drawnOption, 10), initial_option: drawnOption },
    needed: ['options'],
  },
  /** At most five; the least is not published: one is taken here. */
  overflow: {
    source: elementPage('overflow-menu'),
    properties: { action_id: id, confirm, options: list(overflowOption, 5) },
    needed: ['options'],
  },
  datepicker: {
    source: elementPage('date-picker'),
    properties: { ...menu, initial_date: string(10, /^\d{4}-\d{2}-\d{2}$/) },
  },
  timepicker: {
    source: elementPage('time-picker'),
    properties: { ...menu, initial_time: string(5, /^\d{2}:\d{2}$/), timezone: string(255) },
  },
  datetimepicker: {
    source: elementPage('datetime-picker'),
    properties: { ...common, initial_date_time: number(1_000_000_000, 9_999_999_999) },
  },
};

const typing: Record<string, Shape> = {
  plain_text_input: {
    source: elementPage('plain-text-input'),
    properties: {
      action_id: id,
      focus_on_load: yesOrNo,
      placeholder: plain(150),
      initial_value: string(3000),
      multiline: yesOrNo,
      min_length: number(0, 3000),
      max_length: number(1, 3000),
      dispatch_action_config: anything,
    },
  },
  email_text_input: {
    source: elementPage('email-input'),
    properties: {
      action_id: id,
      focus_on_load: yesOrNo,
      placeholder: plain(150),
      initial_value: string(3000),
      dispatch_action_config: anything,
    },
  },
  url_text_input: {
    source: elementPage('url-input'),
    properties: {
      action_id: id,
      focus_on_load: yesOrNo,
      placeholder: plain(150),
      initial_value: string(3000),
      dispatch_action_config: anything,
    },
  },
  number_input: {
    source: elementPage('number-input'),
    properties: {
      action_id: id,
      focus_on_load: yesOrNo,
      placeholder: plain(150),
      is_decimal_allowed: yesOrNo,
      initial_value: string(3000),
      min_value: string(255),
      max_value: string(255),
      dispatch_action_config: anything,
    },
    needed: ['is_decimal_allowed'],
  },
  file_input: {
    source: elementPage('file-input'),
    properties: { action_id: id, filetypes: anything, max_files: number(1, 10) },
  },
  rich_text_input: { source: elementPage('rich-text-input'), properties: {}, open: true },
};

const clicking: Record<string, Shape> = {
  button: {
    source: elementPage('button'),
    properties: {
      text: plain(75),
      action_id: id,
      url,
      value: string(2000),
      style: word('primary', 'danger'),
      confirm,
      accessibility_label: string(75),
    },
    needed: ['text'],
  },
  workflow_button: { source: elementPage('workflow-button'), properties: {}, open: true },
};

const picture: Record<string, Rule> = { image_url: url, slack_file: anything, alt_text: string(2000) };

/** In a context the image is an element, elsewhere an accessory; the same shape. */
const imageElement: Shape = {
  source: elementPage('image'),
  properties: { ...picture, image_width: anything, image_height: anything, image_bytes: anything },
  needed: ['alt_text'],
  oneOf: { names: ['image_url', 'slack_file'], exactly: true },
};

export const elements: Record<string, Shape> = { ...clicking, ...choosing, ...typing, image: imageElement };

const multiMenus = Object.keys(choosing).filter((type) => type.startsWith('multi_'));
const singleChoices = Object.keys(choosing).filter((type) => !type.startsWith('multi_'));

const blockId = { block_id: id };

export const blocks: Record<string, Shape> = {
  section: {
    source: blockPage('section'),
    properties: {
      ...blockId,
      text: text(3000),
      fields: list(text(2000), 10),
      accessory: typed('image', ...Object.keys(clicking), ...singleChoices, ...multiMenus),
      expand: yesOrNo,
    },
    oneOf: { names: ['text', 'fields'] },
  },
  header: { source: blockPage('header'), properties: { ...blockId, text: plain(150) }, needed: ['text'] },
  divider: { source: blockPage('divider'), properties: { ...blockId } },
  context: {
    source: blockPage('context'),
    properties: { ...blockId, elements: list(typed('image', 'plain_text', 'mrkdwn'), 10) },
    needed: ['elements'],
  },
  actions: {
    source: blockPage('actions'),
    properties: { ...blockId, elements: list(typed(...Object.keys(clicking), ...singleChoices), 25) },
    needed: ['elements'],
  },
  image: {
    source: blockPage('image'),
    properties: { ...blockId, ...picture, title: plain(2000) },
    needed: ['alt_text'],
    oneOf: { names: ['image_url', 'slack_file'], exactly: true },
  },
  input: {
    source: blockPage('input'),
    properties: {
      ...blockId,
      label: plain(2000),
      hint: plain(2000),
      optional: yesOrNo,
      dispatch_action: yesOrNo,
      element: typed(...Object.keys(typing), ...singleChoices, ...multiMenus),
    },
    needed: ['label', 'element'],
  },
  markdown: {
    source: blockPage('markdown'),
    properties: { ...blockId, text: string(12_000) },
    needed: ['text'],
    surfaces: ['message'],
  },
  ...elsewhere(['message', 'modal', 'home'], 'rich_text', 'video'),
  ...elsewhere(
    ['message'],
    ...['table', 'container', 'card', 'carousel', 'data_visualization', 'context_actions'],
    ...['plan', 'task_card'],
  ),
  ...elsewhere(['message', 'home'], 'data_table'),
  ...elsewhere(['modal'], 'alert'),
};

/** Blocks that Syncuser does not use: that they exist and where they may stand is known, not what is in them. */
function elsewhere(surfaces: Shape['surfaces'] & {}, ...types: string[]): Record<string, Shape> {
  return Object.fromEntries(
    types.map((type) => [type, { source: `${reference}/blocks`, properties: {}, open: true, surfaces }]),
  );
}

const anyBlock = typed(...Object.keys(blocks));

/** `blocks`: 50 a message, 100 a view (https://docs.slack.dev/reference/block-kit/blocks). */
export const messageBlocks: Rule = list(anyBlock, 50, 0);

const ofEveryView = {
  type: word('modal', 'home'),
  blocks: list(anyBlock, 100, 0),
  private_metadata: string(3000),
  callback_id: string(255),
  external_id: string(255),
};

export const views: Record<'modal' | 'home', Shape> = {
  modal: {
    source: 'https://docs.slack.dev/surfaces/modals',
    properties: {
      ...ofEveryView,
      title: plain(24),
      submit: plain(24),
      close: plain(24),
      clear_on_close: yesOrNo,
      notify_on_close: yesOrNo,
      submit_disabled: yesOrNo,
    },
    needed: ['type', 'title', 'blocks'],
  },
  home: {
    source: 'https://docs.slack.dev/reference/methods/views.publish',
    properties: ofEveryView,
    needed: ['type', 'blocks'],
  },
};

/** What a whole payload may weigh, beside the shapes above. */
export const sizes = {
  /** chat.postMessage cuts a longer text and warns: https://docs.slack.dev/reference/methods/chat.postMessage */
  postedText: 40_000,
  /** chat.update refuses a longer one, `msg_too_long`: https://docs.slack.dev/reference/methods/chat.update */
  editedText: 4_000,
  /**
   * All blocks of a message, `msg_blocks_too_long`: seen between 13,172 and 13,297 (github.com/slackapi/bolt-js/issues/2509).
   * The formula is not known; what is counted here is every text in them.
   */
  allBlocks: 13_200,
  /** All markdown blocks of a message: https://docs.slack.dev/reference/block-kit/blocks/markdown-block */
  allMarkdown: 12_000,
  /** A view as JSON, in bytes, `view_too_large`: https://docs.slack.dev/reference/methods/views.open */
  viewBytes: 250_000,
  /** https://docs.slack.dev/reference/methods/chat.postMessage, `too_many_attachments` */
  attachments: 100,
} as const;
