/*
What a stream of a command says, the same on every host: as text, cut where it is more than anybody reads.
*/
import {type Buffer} from 'node:buffer';
import {type Readable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';

const maxBytes = 1024 * 1024;

/** Takes a stream to its end, so that its command can go on; gives the text of the first MiB, whole characters alone. */
export function commandOutput(stream: Readable): () => string {
	const decoder = new StringDecoder('utf8');
	let text = '';
	let room = maxBytes;
	stream.on('data', (chunk: Buffer) => {
		// A character may lie in two chunks.
		text += decoder.write(chunk.subarray(0, room));
		room = Math.max(0, room - chunk.length);
	});
	return () => room === 0 ? text : text + decoder.end();
}
