import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';

export type Measured = {readonly ms: number; readonly peakBytes: number; readonly stdout: string};

const lookEveryMs = 5;

/**
Runs a command to its end: its wall time, its greatest resident size (of the process that is started, as the kernel counts it
until shortly before it ends), and its output.
*/
export async function measureProcess([command = '', ...words]: readonly string[]): Promise<Measured> {
	const from = performance.now();
	const child = spawn(command, words, {stdio: ['ignore', 'pipe', 'inherit']});
	let stdout = '';
	child.stdout.on('data', (chunk: Buffer) => {
		stdout += chunk.toString();
	});
	let peakBytes = 0;
	const timer = setInterval(() => {
		peakBytes = Math.max(peakBytes, peakOf(child.pid));
	}, lookEveryMs);
	const [code] = await once(child, 'close') as [number];
	const ms = performance.now() - from;
	clearInterval(timer);
	if (code !== 0) {
		throw new Error(`${[command, ...words].join(' ')} ended with ${code}.`);
	}

	return {ms, peakBytes, stdout};
}

export function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

function peakOf(pid: number | undefined): number {
	try {
		return Number(/^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
	} catch {
		// It has ended, or this is no Linux.
		return 0;
	}
}
