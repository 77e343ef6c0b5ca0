/*
Why a benchmark failed, found the way a person would: who died first, with which return code, and its last words.
*/
import {stripVTControlCharacters} from 'node:util';
import {remedyFor} from '../core/diagnosis.ts';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Failure} from '../core/event.ts';
import {type Host, type ProcExit, signalName} from '../core/host.ts';
import {type PlannedProc} from '../core/plan.ts';

/** Ends a benchmark with its reason. */
export class BenchmarkFailure extends Error {
	readonly failure: Failure;

	constructor(failure: Failure) {
		super(failure.message);
		this.failure = failure;
	}
}

const tailBytes = 8192;
const tailLines = 8;

export type Death = {readonly proc: PlannedProc; readonly exit: ProcExit; readonly host: Host};

export type EndedClient = {
	readonly label: string;
	readonly host: Host;
	readonly output: {readonly stdout: string; readonly stderr: string};
	readonly recorderFile: string;
	readonly returnCode?: number;
};

/** The failure that a proc's death is; `output` gives the paths of its stderr and stdout on its host. */
export async function deathFailure({proc, exit, host}: Death, id: string, output: {readonly stdout: string; readonly stderr: string}): Promise<BenchmarkFailure> {
	if (exit.returnCode === undefined) {
		return new BenchmarkFailure({kind: 'host-lost', label: proc.label, host: host.address, message: `the connection to ${host.address} was lost while ${proc.label} ran there.`});
	}

	const lines = await lastLines(host, output);
	return new BenchmarkFailure({
		kind: 'proc-died',
		label: proc.label,
		host: host.address,
		returnCode: exit.returnCode,
		message: `${proc.label} on ${host.address} ${deathText(exit.returnCode)}.`,
		lines,
		commandFile: `${id}/${proc.label}_cmd.txt`,
		hint: remedyFor(lines),
	});
}

/** What was thrown, as the failure of its benchmark; a cancel and a bug stay what they are. */
export function failureOf(error: unknown, kind: 'start-failed' | 'no-data' | 'not-collected' | 'analysis-failed'): Error {
	if (error instanceof BenchmarkFailure || (error instanceof BenchError && error.code === 'canceled')) {
		return error;
	}

	if (error instanceof BenchError || kind === 'analysis-failed') {
		const message = messageOf(error);
		return new BenchmarkFailure({kind, message: message.charAt(0).toLowerCase() + message.slice(1)});
	}

	return error instanceof Error ? error : new Error(String(error));
}

/** A failure whose message names a client's recorder file, with what else a person would look at: how that client ended, and its last words. */
export async function withClientOf(failure: Failure, clients: readonly EndedClient[], id: string): Promise<Failure> {
	const client = clients.find(({recorderFile}) => failure.message.includes(recorderFile));
	if (!client) {
		return failure;
	}

	const {label, host, output, returnCode} = client;
	const ended = returnCode === undefined ? '' : ` ${label} on ${host.address} ended with return code ${returnCode}.`;
	const lines = await lastLines(host, output);
	return {...failure, label, host: host.address, message: failure.message + ended, ...(lines.length > 0 && {lines}), commandFile: `${id}/${label}_cmd.txt`};
}

/** What says that something is wrong, and not merely where. */
const complaint = /^(?!\s*at\s)(?:.*(?:Error|Exception)\b|\W*(?:PANIC|panic|FATAL|[Ff]atal|ERROR|[Ee]rror)\b)/;

/** The last lines of a proc's stderr, or of its stdout where that is empty; before them the error, where a long stack has pushed it out. */
export async function lastLines(host: Host, {stdout, stderr}: {readonly stdout: string; readonly stderr: string}): Promise<readonly string[]> {
	const [errors, words] = [await tail(host, stderr), await tail(host, stdout)];
	// A JVM that refuses its flags says the reason on stdout and that it ends on stderr.
	const lines = errors.length > 3 ? errors : [...words.slice(errors.length - 3), ...errors];
	const place = lines.findLastIndex(line => complaint.test(line));
	return place === -1 || place >= lines.length - tailLines ? lines.slice(-tailLines) : [lines[place]!, ...lines.slice(1 - tailLines)];
}

async function tail(host: Host, file: string): Promise<readonly string[]> {
	try {
		const size = await host.files.size(file) ?? 0;
		const bytes = await host.files.read(file, Math.max(0, size - tailBytes), tailBytes);
		return plainText(new TextDecoder().decode(bytes)).split('\n').map(line => line.trimEnd()).filter(line => line !== '');
	} catch {
		return [];
	}
}

// What a proc writes must not talk to the terminal that shows it.
function plainText(text: string): string {
	return stripVTControlCharacters(text).replaceAll(/(?![\t\n])\p{Control}/gu, '');
}

function deathText(returnCode: number): string {
	const signal = signalName(returnCode);
	if (signal !== undefined) {
		return `was ended by ${signal} (return code ${returnCode}), not by benchdeck`;
	}

	return returnCode === 0 ? 'ended before its time (return code 0)' : `died with return code ${returnCode}`;
}
