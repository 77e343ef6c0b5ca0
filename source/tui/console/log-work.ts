import {messageOf} from '../../core/errors.ts';

type LogWorkOptions = {
	/** Draws what there is now; is never called twice at a time. */
	readonly draw: (isAnswer: boolean) => Promise<void>;
	/** Told before each command that there is no problem, and after one that failed why. */
	readonly onProblem: (problem: string | undefined) => void;
};

/**
What a log is asked to do, one thing after the other, each followed by a drawing: a command starts from where the last one left
off, however fast they are typed.
*/
export class LogWork {
	readonly #draw: LogWorkOptions['draw'];
	readonly #onProblem: LogWorkOptions['onProblem'];
	#work: Promise<void> = Promise.resolve();
	#isDrawing = false;
	#isStale = false;
	#isClosed = false;

	constructor({draw, onProblem}: LogWorkOptions) {
		this.#draw = draw;
		this.#onProblem = onProblem;
	}

	get isClosed(): boolean {
		return this.#isClosed;
	}

	/** Carries out a person's command, and draws the answer. */
	do(command: () => Promise<void>): void {
		this.#work = this.#work.then(async () => {
			if (this.#isClosed) {
				return;
			}

			try {
				this.#onProblem(undefined);
				await command();
			} catch (error) {
				this.#onProblem(messageOf(error));
			}

			await this.#draw(true);
		});
	}

	/** Draws what has changed by itself. What changes while a window is being read is drawn once, after it. */
	refresh(): void {
		this.#isStale = true;
		if (this.#isDrawing || this.#isClosed) {
			return;
		}

		this.#isDrawing = true;
		this.#work = this.#work.then(async () => {
			while (this.#isStale && !this.#isClosed) {
				this.#isStale = false;
				await this.#draw(false);
			}

			this.#isDrawing = false;
		});
	}

	/** Resolves when all that was asked for so far is done, and drawn. */
	async settled(): Promise<void> {
		await this.#work;
	}

	/** Nothing more is begun. */
	close(): void {
		this.#isClosed = true;
	}
}
