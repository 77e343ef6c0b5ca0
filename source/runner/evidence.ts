/*
What a proc was doing when it missed its deadline, why the kernel ended one, and which disk is full: `<label>_evidence.txt` beside its logs. It is
taken before anything is ended, within five seconds, and whatever it meets it never fails or holds up a benchmark.
*/
import {messageOf} from '../core/errors.ts';
import {type Host, type ProcExit} from '../core/host.ts';
import {type BenchmarkContext, type BenchmarkHooks} from './hooks.ts';
import {type RunningProc} from './proc-stack.ts';

const boundMs = 5000;
const askMs = 4000;
const dumpMs = 4000;
const dumpPauseMs = 50;
const fullKib = 1024;
const longestDump = 512 * 1024;

// All of /proc that says where a proc is; a file that may not be read says so itself. What says most comes first: `show` prints the first lines.
const procScript = String.raw`
sockets=$(ss -tanp 2>/dev/null) || sockets=
for pid in "$@"; do
	echo "== $pid"
	if test -d "/proc/$pid"; then
		echo "-- state: $(sed -n 's/^State:[[:space:]]*//p' "/proc/$pid/status" 2>/dev/null) $(cat "/proc/$pid/wchan" 2>/dev/null)"
		echo "-- sockets"
		if test -n "$sockets"; then
			echo "$sockets" | sed -n 1p
			echo "$sockets" | grep "pid=$pid,"
		else
			for inode in $(ls -l "/proc/$pid/fd" 2>/dev/null | sed -n 's/.* socket:\[\([0-9]*\)\]$/\1/p'); do
				grep -h " $inode " /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/unix 2>/dev/null
			done
		fi
		echo "-- threads: id, name, state, wchan"
		count=0
		for task in "/proc/$pid/task"/*; do
			count=$((count + 1))
			test "$count" -le 200 || { echo "(more)"; break; }
			echo "$(basename "$task") $(cat "$task/comm" 2>/dev/null) $(sed -n 's/^State:[[:space:]]*//p' "$task/status" 2>/dev/null) $(cat "$task/wchan" 2>/dev/null)"
		done
		for file in status wchan stack limits; do
			echo "-- /proc/$pid/$file"
			cat "/proc/$pid/$file" 2>&1
			echo
		done
	else
		ps -p "$pid" -o pid,ppid,stat,wchan,time,command 2>&1
	fi
done
`;

const killedScript = `
{ dmesg -T 2>/dev/null || dmesg 2>/dev/null; journalctl -k --no-pager --since -10min 2>/dev/null; } | grep -iE "(killed process|out of memory).*[^0-9]$1[^0-9]" | sort -u | tail -n 5
`;

/** Takes evidence of what hung, and of what the kernel ended. */
export function takeEvidence(): BenchmarkHooks {
	return {
		async failed(context, failure) {
			const work = Promise.all([
				failure.kind === 'timed-out' || failure.kind === 'not-ready' ? evidenceOfHung(context) : undefined,
				evidenceOfKilled(context),
				evidenceOfFull(context),
			]);
			const late = Promise.withResolvers<void>();
			const timer = setTimeout(late.resolve, boundMs);
			try {
				await Promise.race([work, late.promise]);
			} catch (error) {
				context.emit({type: 'warned', index: context.plan.index, message: `Evidence could not be taken: ${messageOf(error)}`});
			} finally {
				clearTimeout(timer);
			}
		},
	};
}

async function evidenceOfHung(context: BenchmarkContext): Promise<void> {
	const known = await Promise.all(context.running.map(async running => ({running, exit: await exitOf(running)})));
	const alive = known.filter(({exit}) => !exit).map(({running}) => running);
	await Promise.all([...Map.groupBy(alive, ({host}) => host)].map(async ([host, procs]) => {
		const [states, dumps] = await Promise.all([
			statesOf(host, procs),
			Promise.all(procs.map(async proc => isJvm(proc) ? threadDump(host, proc, context.directoryOn(proc.plan.host)) : '')),
		]);
		await Promise.all(procs.map(async ({plan: {label}, proc: {pid}}, index) => {
			const dump = dumps[index]!;
			const text = `${label}, pid ${pid} on ${host.address}\n\n${states.get(pid) ?? '(nothing could be read)\n'}${dump === '' ? '' : `\n-- thread dump (SIGQUIT)\n${dump}`}`;
			await context.directory.writeFile(`${label}_evidence.txt`, text.endsWith('\n') ? text : `${text}\n`);
		}));
	}));
}

async function statesOf(host: Host, procs: readonly RunningProc[]): Promise<ReadonlyMap<number, string>> {
	try {
		const {stdout} = await host.run(['sh', '-c', procScript, 'sh', ...procs.map(({proc}) => String(proc.pid))], {timeoutMs: askMs});
		return new Map(stdout.split(/^== /m).slice(1).map(part => {
			const end = part.indexOf('\n');
			return [Number(part.slice(0, end)), part.slice(end + 1)];
		}));
	} catch (error) {
		return new Map(procs.map(({proc}) => [proc.pid, `(${messageOf(error)})\n`]));
	}
}

/** What a JVM prints on its stdout when it is asked for its threads. */
async function threadDump(host: Host, {plan: {label}, proc}: RunningProc, directory: string): Promise<string> {
	const file = `${directory}/${label}_out.txt`;
	try {
		const from = await host.files.size(file) ?? 0;
		await proc.signal('SIGQUIT');
		for (const begun = performance.now(); performance.now() - begun < dumpMs;) {
			const text = new TextDecoder().decode(await host.files.read(file, from, longestDump));
			// The heap's summary comes last.
			if (/^Full thread dump/m.test(text) && /\nHeap\n[\s\S]+\n\n/.test(text)) {
				return text;
			}

			await new Promise(resolve => {
				setTimeout(resolve, dumpPauseMs);
			});
		}

		return new TextDecoder().decode(await host.files.read(file, from, longestDump)) || '(it did not answer)';
	} catch (error) {
		return `(${messageOf(error)})`;
	}
}

/** Asks the kernel about procs that SIGKILL ended and benchdeck did not. */
async function evidenceOfKilled(context: BenchmarkContext): Promise<void> {
	await Promise.all(context.running.map(async running => {
		const exit = await exitOf(running);
		if (exit?.returnCode !== -9 || exit.ended) {
			return;
		}

		const {host, plan: {label}, proc: {pid}} = running;
		const {stdout} = await host.run(['sh', '-c', killedScript, 'sh', String(pid)], {timeoutMs: askMs});
		const lines = stdout.trim();
		if (lines !== '') {
			await context.directory.writeFile(`${label}_evidence.txt`, `${label}, pid ${pid} on ${host.address}, as its kernel tells\n\n${lines}\n`);
			context.emit({type: 'warned', index: context.plan.index, message: `The kernel of ${host.address} ended ${label}: ${lines.split('\n').at(-1)!}`});
		}
	}));
}

/** A proc that could not write often cannot say so either: its log lies on the same disk. */
async function evidenceOfFull({running, directoryOn, emit, plan}: BenchmarkContext): Promise<void> {
	await Promise.all([...new Set(running.map(({host}) => host))].map(async host => {
		const directory = directoryOn(host.address);
		const {stdout} = await host.run(['df', '-Pk', directory], {timeoutMs: askMs});
		// Device, blocks, used, available, capacity, mount point.
		const words = (stdout.trim().split('\n').at(-1) ?? '').split(/\s+/);
		const left = words[3];
		if (left !== undefined && Number(left) < fullKib) {
			emit({type: 'warned', index: plan.index, message: `The disk of ${host.address} is full: ${words.slice(5).join(' ')} (${words[0]!}) has ${left} KiB left.`});
		}
	}));
}

async function exitOf({proc}: RunningProc): Promise<ProcExit | undefined> {
	return Promise.race([proc.exited, new Promise<undefined>(resolve => {
		setImmediate(resolve, undefined);
	})]);
}

function isJvm({plan: {argv}}: RunningProc): boolean {
	return argv[0]?.split('/').at(-1) === 'java';
}
