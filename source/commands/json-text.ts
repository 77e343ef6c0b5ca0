/** JSON for stdout, with its line end. JSON leaves the upper control characters and those that turn text around as they are; a terminal would obey them. */
export function jsonText(value: unknown): string {
	const json = JSON.stringify(value, undefined, 4).replaceAll(
		/[\u{7F}-\u{9F}\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu,
		character => String.raw`\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
	);
	return `${json}\n`;
}
