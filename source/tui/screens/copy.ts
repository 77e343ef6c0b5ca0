/** What puts a text on the clipboard of the terminal that a person sits at, also over SSH (OSC 52). */
export function copySequence(text: string): string {
	return `\u{1B}]52;c;${Buffer.from(text).toString('base64')}\u{7}`;
}
