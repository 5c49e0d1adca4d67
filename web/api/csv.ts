/**
 * One line of CSV (RFC 4180). A spreadsheet runs what begins like a formula, so that gets an apostrophe first
 * (owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvLine(values: readonly string[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
