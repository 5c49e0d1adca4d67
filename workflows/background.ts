/**
 * A short piece of work beside a main loop, at most one at a time; what it brings is kept until the loop takes it. Work
 * that failed for good brings null.
 */
export class Background<Result> {
  isUnderWay = false;
  brought: { result: Result | null } | null = null;

  begin(work: () => Promise<Result>): void {
    this.isUnderWay = true;
    void work().then(
      (result) => this.ended(result),
      () => this.ended(null),
    );
  }

  take(): Result | null {
    const result = this.brought?.result ?? null;
    this.brought = null;
    return result;
  }

  private ended(result: Result | null): void {
    this.isUnderWay = false;
    this.brought = { result };
  }
}
