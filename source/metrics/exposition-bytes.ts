/** The bytes that the exposition formats are made of. */
export const byte = {
	tab: 0x09, newline: 0x0A, carriageReturn: 0x0D, space: 0x20, quote: 0x22, hash: 0x23, plus: 0x2B, comma: 0x2C, minus: 0x2D, dot: 0x2E,
	zero: 0x30, nine: 0x39, equals: 0x3D, upperE: 0x45, lowerE: 0x65, backslash: 0x5C, open: 0x7B, close: 0x7D,
} as const;

/** 1 for the bytes of a metric's name after its first: letters, digits, `_` and `:`. */
export const isNameByte = table(/[\w:]/);

/** 1 for the first byte of a metric's name. */
export const isNameStart = table(/[:a-z_]/i);

/** 1 for the bytes of a label's name after its first. */
export const isLabelByte = table(/\w/);

/** 1 for the first byte of a label's name. */
export const isLabelStart = table(/[a-z_]/i);

function table(pattern: RegExp): Uint8Array {
	return Uint8Array.from({length: 256}, (_, code) => Number(code < 128 && pattern.test(String.fromCodePoint(code))));
}

/** Bytes with Node's native searches and slices, which a bare Uint8Array lacks. */
export type Bytes = ReturnType<typeof asBytes>;

/** The same memory, with Node's methods. */
export function asBytes(bytes: Uint8Array) {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
