import {StringDecoder} from 'node:string_decoder';

// A peer that sends more without a line end talks of something else.
const maxLine = 4 * 1024 * 1024;

/**
Cuts a byte stream into lines.

@param onLine Gets each line without its end.
@returns What takes the chunks; false where a line is longer than any of ours.
*/
export function lineCutter(onLine: (line: string) => void): (chunk: Uint8Array) => boolean {
	const decoder = new StringDecoder('utf8');
	let rest = '';
	return chunk => {
		const lines = (rest + decoder.write(chunk)).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) {
			onLine(line);
		}

		return rest.length <= maxLine;
	};
}

/** The JSON of a line; undefined where it is none. */
export function parseLine(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}
