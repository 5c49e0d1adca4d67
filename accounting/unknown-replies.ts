/**
 * Where replies go that no adapter understands, for whoever has to find out what they mean. What is given is already
 * free of secrets (`describeUnknown`).
 */
export interface UnknownReplies {
  keep(reply: UnknownReply): Promise<void>;
}

export interface UnknownReply {
  /** Id of the accounting system. */
  system: string;
  method: string;
  /** With the names of its parameters, without their values: `/api/v1/7/crm/Accounts?$select&$filter`. */
  path: string;
  status: number;
  /** What the package gives as the reason, where it has a place for that. */
  reason: string | null;
  /** Why it was not understood. */
  why: string;
  /** The beginning of the body. */
  text: string;
}

const textLength = 2_000;

/** An unknown reply that may be kept: no value of a parameter, no token, no e-mail address, no bank account. */
export function describeUnknown({ url, text, ...reply }: DescribedReply): UnknownReply {
  const names = [...url.searchParams.keys()].join('&');
  return {
    ...reply,
    path: url.pathname + (names && `?${names}`),
    reason: reply.reason && redacted(reply.reason.slice(0, 200)),
    why: redacted(reply.why.slice(0, 500)),
    // Cut twice: first far enough out that what is cut through is not taken for something harmless.
    text: redacted(text.slice(0, 2 * textLength)).slice(0, textLength),
  };
}

type DescribedReply = Omit<UnknownReply, 'path'> & { url: URL };

/** `text` with a word in brackets in the place of whatever looks like a secret or is somebody's own. */
export function redacted(text: string): string {
  return (
    text
      // A value by the name of what it is, in JSON, a form or an address; the closing quote may have been cut off.
      .replaceAll(
        /((?:access_?|refresh_?|id_?)?token|bank_?account|client_?secret|secret|password|passwd|authorization|cookie|assertion)(\\?["']?\s*[:=]\s*)(\\?"(?:[^"\\]|\\.)*"?|[^\s&,;<>"'}]+)/gi,
        '$1$2[secret]',
      )
      .replaceAll(/([?&]code=)[^&\s"']+/gi, '$1[secret]')
      .replaceAll(/\b(bearer|basic)\s+[^\s"',;<>]+/gi, '$1 [secret]')
      .replaceAll(/[^\s"'<>(){}:;,=&/\\]+/g, (word) => (/.(?:@|%40)./.test(word) ? '[e-mail]' : word))
      // ISO 13616: two letters, two digits and at most thirty more; written in fours.
      .replaceAll(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/gi, '[iban]')
      .replaceAll(/[\w\-+/~!%$*]{24,}/g, (word) => (looksLikeSecret(word) ? '[secret]' : word))
  );
}

/** A step of an address: a word, a number, `v1`, a GUID. */
const harmless = /^([a-z_]*|\d*|v\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Long, without a space, of digits and letters mixed: nothing a person would write. */
function looksLikeSecret(word: string): boolean {
  return !word.split('/').every((step) => harmless.test(step));
}
