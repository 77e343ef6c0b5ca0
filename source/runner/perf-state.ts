import {type Host} from '../core/host.ts';

/** Whether a host profiles with perf, or a sentence that says why not and what to do. */
export type PerfState = {readonly kind: 'ready'} | {readonly kind: 'missing' | 'refused'; readonly message: string};

// What a run needs, tried on a program that ends at once.
const trial = [
	'command -v perf >/dev/null 2>&1 || exit 127',
	'f=$(mktemp) && perf --buildid-dir /dev/null record -q -N -g -o "$f" -- true >/dev/null 2>&1',
	's=$?',
	'rm -f "$f"',
	'test $s = 0 || { cat /proc/sys/kernel/perf_event_paranoid 2>/dev/null; exit 1; }',
].join('; ');

/** Tries perf on a host. */
export async function perfOn(host: Host): Promise<PerfState> {
	const {returnCode, stdout} = await host.run(['sh', '-c', trial]);
	if (returnCode === 0) {
		return {kind: 'ready'};
	}

	if (returnCode === 127) {
		return {kind: 'missing', message: 'perf is not on the PATH (Debian: apt-get install linux-perf).'};
	}

	const level = stdout.trim();
	return {kind: 'refused', message: `perf is there but may not profile${level === '' ? '' : ` (kernel.perf_event_paranoid is ${level})`}; permit it with: sudo sysctl kernel.perf_event_paranoid=1.`};
}
