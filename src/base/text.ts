/** `stored size` as the start of a line: `Stored size`. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
