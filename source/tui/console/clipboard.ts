/** The most that terminals take through OSC 52: xterm's limit. */
const mostBytes = 74_994;

export type Copied = {readonly sequence: string; readonly isCut: boolean};

/**
The sequence (OSC 52) that puts a text into the clipboard of the terminal that a person sits at, also over SSH. Control
characters other than line ends and tabs do not go with it.
*/
export function copySequence(text: string): Copied {
	const clean = text.replaceAll(/(?![\t\n])\p{Control}/gu, '');
	const bytes = Buffer.from(clean);
	const isCut = bytes.length > mostBytes;
	// Not in the middle of a character: a decoder leaves out the beginning of one.
	const kept = isCut ? Buffer.from(new TextDecoder().decode(bytes.subarray(0, mostBytes), {stream: true})) : bytes;
	return {sequence: `\u{1B}]52;c;${kept.toString('base64')}\u{7}`, isCut};
}
