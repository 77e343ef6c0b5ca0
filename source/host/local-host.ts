import {spawn} from 'node:child_process';
import {BenchError} from '../core/errors.ts';
import {type CommandResult, type Host, type ProcMarks} from '../core/host.ts';
import {commandOutput} from './command-output.ts';
import {localFiles} from './local-files.ts';
import {openPort} from './open-port.ts';
import {supervisorScript} from './supervisor-script.ts';
import {newLease, Supervisor} from './supervisor.ts';

export type LocalOptions = {
	/** What its procs carry, so that others know whose they are. */
	readonly marks?: ProcMarks | undefined;
	/** What runs the supervisor. */
	readonly shell?: readonly string[];
};

/**
This machine, its procs under a supervisor of their own over a pipe. The supervisor has its own session, so that a Ctrl-C
in the terminal reaches benchdeck alone, which then ends the procs in order.
*/
export async function connectLocalHost(address: string, ip: string, {marks, shell = ['sh']}: LocalOptions = {}): Promise<Host> {
	const lease = newLease();
	const [program = 'sh', ...words] = shell;
	const child = spawn(program, [...words, '-c', supervisorScript], {detached: true, stdio: 'pipe', env: {...process.env, BENCHDECK_SUPERVISOR: lease}});
	const supervisor = new Supervisor({stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, address, lease, marks});
	child.on('error', error => {
		supervisor.lose(error);
	});
	await supervisor.ready;
	// The lease must not keep a benchdeck alive that has nothing more to do.
	child.unref();
	return {
		address,
		ip,
		kind: 'local',
		files: localFiles(address),
		lost: supervisor.lost,
		start: async spec => supervisor.start(spec),
		run: async (argv, {timeoutMs = 10_000, input} = {}) => runCommand(address, argv, {timeoutMs, input}),
		open: async (endpoint, timeoutMs) => openPort(endpoint, timeoutMs),
		close: async () => supervisor.close(),
	};
}

async function runCommand(address: string, argv: readonly string[], {timeoutMs, input}: {readonly timeoutMs: number; readonly input: string | undefined}): Promise<CommandResult> {
	const [program = '', ...rest] = argv;
	const {promise, resolve, reject} = Promise.withResolvers<CommandResult>();
	const child = spawn(program, rest, {stdio: 'pipe'});
	const [stdout, stderr] = [commandOutput(child.stdout), commandOutput(child.stderr)];
	const timer = setTimeout(() => {
		reject(new BenchError('host', `${address}: ${program} did not end within ${timeoutMs} ms.`));
		child.kill('SIGKILL');
		// What it started may hold them on.
		child.stdout.destroy();
		child.stderr.destroy();
	}, timeoutMs);
	child.on('error', error => {
		resolve({returnCode: 127, stdout: '', stderr: error.message});
	});
	child.on('close', code => {
		resolve({returnCode: code ?? -1, stdout: stdout(), stderr: stderr()});
	});
	child.stdin.on('error', () => {/* The command did not read its input. */});
	child.stdin.end(input ?? '');
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
	}
}
