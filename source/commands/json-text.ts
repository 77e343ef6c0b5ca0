/** JSON for stdout, with its line end. JSON leaves the upper control characters as they are; a terminal would obey them. */
export function jsonText(value: unknown): string {
	const json = JSON.stringify(value, undefined, 4).replaceAll(/[\u{7F}-\u{9F}]/gu, character => String.raw`\u00${character.codePointAt(0)!.toString(16)}`);
	return `${json}\n`;
}
