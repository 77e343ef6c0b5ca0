/*
What a person can do to a run that goes on: stop it, skip a benchmark, let go of what is held. The runner keeps it told of
what runs; the control socket and signals call it.
*/
import {BenchError} from '../core/errors.ts';
import {BenchmarkFailure} from './failure.ts';
import {type BenchmarkContext, type UntimedEvent} from './hooks.ts';

/** A file of a benchmark directory, on the host of a proc. */
export type ProcFile = {size(): Promise<number>; read(offset: number, length: number): Promise<Uint8Array>};

type Current = {readonly id: string; readonly abort: AbortController; context?: BenchmarkContext};

export class RunControl {
	readonly #stop = new AbortController();
	#current: Current | undefined;
	#held: PromiseWithResolvers<void> | undefined;
	#emit: ((event: UntimedEvent) => void) | undefined;
	readonly #questions = new Map<string, PromiseWithResolvers<string>>();
	#asked = 0;

	/** Aborts when the run is to end; its reason is a BenchError `canceled` that says why. */
	get signal(): AbortSignal {
		return this.#stop.signal;
	}

	/** Ends the run in order. Idempotent. */
	stop(message: string): void {
		this.#stop.abort(new BenchError('canceled', message));
	}

	/**
	Fails the benchmark that runs, and the run goes on.

	@throws BenchError where none runs.
	*/
	skip(): void {
		if (!this.#current) {
			throw new BenchError('host', 'No benchmark runs that could be skipped.');
		}

		this.#current.abort.abort(new BenchmarkFailure({kind: 'skipped', message: 'a person skipped it.'}));
		this.#held?.resolve();
	}

	/**
	Lets go of the procs that are held.

	@throws BenchError where none are.
	*/
	letGo(): void {
		if (!this.#held) {
			throw new BenchError('host', 'Nothing is held; `--hold` keeps the processes of a failed benchmark.');
		}

		this.#held.resolve();
	}

	/**
	A file of the benchmark that runs, on the host of one of its procs: its log, what it records.

	@throws BenchError where no such proc runs.
	*/
	file(benchmark: string, label: string, name: string): ProcFile {
		const context = this.#current?.id === benchmark ? this.#current.context : undefined;
		const running = context?.running.find(({plan}) => plan.label === label);
		if (!context || !running) {
			throw new BenchError('host', `${label} of benchmark ${benchmark} does not run now.`);
		}

		const {files} = running.host;
		const file = `${context.directoryOn(running.plan.host)}/${name}`;
		return {
			size: async () => await files.size(file) ?? 0,
			read: async (offset, length) => files.read(file, offset, length),
		};
	}

	/**
	Asks a person, by way of the journal; consoles show the question and hide what is typed.

	@throws BenchError `canceled` where the run is stopped meanwhile, `host` before it has begun.
	*/
	async ask(text: string): Promise<string> {
		if (!this.#emit) {
			throw new BenchError('host', `${text} There is nobody to ask.`);
		}

		const question = `question-${++this.#asked}`;
		const answered = Promise.withResolvers<string>();
		const cancel = () => {
			answered.reject(new BenchError('canceled', 'The run was stopped.'));
		};

		this.#questions.set(question, answered);
		this.signal.addEventListener('abort', cancel);
		this.#emit({type: 'question-asked', question, text, isHidden: true});
		try {
			return await answered.promise;
		} finally {
			this.signal.removeEventListener('abort', cancel);
			this.#questions.delete(question);
			this.#emit({type: 'question-answered', question});
		}
	}

	/**
	Answers a question.

	@throws BenchError where it is none that waits for an answer.
	*/
	answer(question: string, text: string): void {
		const asked = this.#questions.get(question);
		if (!asked) {
			throw new BenchError('host', 'That question is answered already.');
		}

		asked.resolve(text);
	}

	/** The run has begun, and its journal takes events. */
	attach(emit: (event: UntimedEvent) => void): void {
		this.#emit = emit;
	}

	/** A benchmark runs from here on; its controller's reason ends it. */
	begin(id: string, abort: AbortController): void {
		this.#current = {id, abort};
	}

	/** What the benchmark that runs is made of. */
	show(context: BenchmarkContext): void {
		if (this.#current) {
			this.#current.context = context;
		}
	}

	/** None runs any more. */
	end(): void {
		this.#current = undefined;
	}

	/** Settles when a person lets go, skips the benchmark or stops the run. */
	async hold(): Promise<void> {
		const held = Promise.withResolvers<void>();
		this.#held = held;
		const release = () => {
			held.resolve();
		};

		this.signal.addEventListener('abort', release);
		if (this.signal.aborted) {
			release();
		}

		try {
			await held.promise;
		} finally {
			this.signal.removeEventListener('abort', release);
			this.#held = undefined;
		}
	}
}
