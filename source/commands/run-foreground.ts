import {type SuiteOutcome} from '../core/event.ts';
import {createLinePrinter} from '../printer/line-printer.ts';
import {createNdjsonPrinter} from '../printer/ndjson-printer.ts';
import {RunControl} from '../runner/run-control.ts';
import {carryOut, type Undertaking} from './carry-out.ts';
import {onEnter} from './enter-lets-go.ts';
import {type ParsedFlags} from './flags.ts';
import {printableTo} from './printable.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
Carries a run out in this process, and prints it. The first Ctrl-C ends it in order; a second one ends this process, and with
it the lease of everything that it started.
*/
export async function runForeground(undertaking: Undertaking, flags: ParsedFlags): Promise<SuiteOutcome> {
	const stderr = printableTo(process.stderr);
	const note = (text: string) => {
		stderr.write(`${text}\n`);
	};

	for (const text of undertaking.prepared.notes) {
		note(text);
	}

	const control = new RunControl();
	const stop = (signal: NodeJS.Signals) => {
		control.stop(signal === 'SIGINT' ? 'Ctrl-C: ending the benchmark and its processes.' : `${signal}: ending the benchmark and its processes.`);
	};

	for (const signal of signals) {
		process.once(signal, stop);
	}

	// A terminal that closes sends it more than once: the kernel to the shell, the shell to its jobs, and the kernel again.
	process.on('SIGHUP', stop);
	let endWaiting: (() => void) | undefined;
	let isHeld = false;
	const offerEnter = async () => {
		isHeld = true;
		const end = await onEnter(() => {
			control.letGo();
		});
		if (!isHeld) {
			end?.();
			return;
		}

		endWaiting = end;
		if (end) {
			note('Press Enter to let go.');
		}
	};

	try {
		const emit = flags.is('json') ? createNdjsonPrinter(process.stdout) : createLinePrinter(printableTo(process.stdout), stderr, undertaking.resumed?.state);
		return await carryOut(undertaking, {
			control, note,
			emit(event) {
				emit(event);
				if (event.type === 'held') {
					void offerEnter();
				} else if (event.type === 'let-go' || event.type === 'suite-finished') {
					endWaiting?.();
					isHeld = false;
				}
			},
		});
	} finally {
		endWaiting?.();
		for (const signal of signals) {
			process.off(signal, stop);
		}

		process.off('SIGHUP', stop);
	}
}
