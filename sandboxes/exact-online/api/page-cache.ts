/** Pages that were rendered once, as they go over the wire. */
export interface PageCache {
  /** The page under this name, made when it is not there. */
  page(name: string, make: () => object): Buffer;
  /** How much is kept, in bytes. */
  readonly bytes: number;
}

/** Keeps up to `most` bytes; the pages that were not asked for the longest go first. */
export function createPageCache(most: number): PageCache {
  const pages = new Map<string, Buffer>();
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    page(name, make) {
      const known = pages.get(name);
      const found = known ?? Buffer.from(JSON.stringify(make()));
      if (known) pages.delete(name);
      else bytes += found.length;
      pages.set(name, found);
      for (const [oldest, page] of pages) {
        if (bytes <= most) break;
        pages.delete(oldest);
        bytes -= page.length;
      }
      return found;
    },
  };
}
