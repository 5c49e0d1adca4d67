/** A person at a browser of their own, one page at a time. */
export interface Visitor {
  open(url: string): Promise<void>;
  /**
   * Waits until the page shows these words, also when it has to renew itself for that.
   * @returns everything a person reads on it
   * @throws Error with what is read instead
   */
  sees(words: string): Promise<string>;
  fill(field: string, value: string): Promise<void>;
  /** Values of the boxes that are ticked. */
  ticked(): Promise<string[]>;
  untick(value: string): Promise<void>;
  press(button: string): Promise<void>;
  /** Every address this person has been at, redirects too. */
  addresses(): readonly string[];
}

export interface Browser {
  /** What it is, for whoever reads the report. */
  name: string;
  newVisitor(): Promise<Visitor>;
  close(): Promise<void>;
}

/** A limit, not an expectation. */
export const pagePatienceMs = 60_000;
