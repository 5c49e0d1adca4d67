/** The parts of a booking as they are called on the page where it was entered. */
const names: Record<string, string> = {
  supplier: 'supplier',
  journal: 'journal',
  invoiceNumber: 'invoice number',
  bookAs: 'office user',
  booking: 'the booking',
  glAccount: 'GL account',
  vatCode: 'VAT code',
  costCentre: 'cost centre',
  costUnit: 'cost unit',
  project: 'project',
};

/** `lines.1.vatCode` is "line 2, VAT code". */
export function fieldInWords(field: string): string {
  const [, line, name = field] = /^lines\.(\d+)\.(\w+)$/.exec(field) ?? [];
  const words = names[name] ?? name;
  return line === undefined ? words : `line ${Number(line) + 1}, ${words}`;
}
