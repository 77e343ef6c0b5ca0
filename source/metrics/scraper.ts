/*
Asks every endpoint for its metrics at its own times. One loop serves them all: it sleeps until the next endpoint is due or
has used up its deadline. The endpoints' times are spread over the interval, so that neither the procs nor this process see
a burst, and one that has not answered is not asked again before it has. Nothing here throws into the run: failures are
counted, and told once for each endpoint when they last.
*/
import {type Clock} from '../core/clock.ts';
import {messageOf} from '../core/errors.ts';
import {type ExpositionFormat} from './exposition-scanner.ts';
import {openSocket} from './open-socket.ts';
import {ScrapeConnection, type OpenChannel} from './scrape-connection.ts';
import {type ScrapeEndpoint} from './scrape-endpoint.ts';

/** An answer, in bytes that hold only while it is handed on. */
export type Scrape = {
	readonly endpoint: ScrapeEndpoint;
	/** When it was asked for, epoch ms, whole: the time of its samples, as in Prometheus. */
	readonly at: number;
	readonly durationMs: number;
	readonly format: ExpositionFormat;
	/** What was asked for; of all others there may be some. Empty where all were. */
	readonly names: readonly string[];
	readonly body: Uint8Array;
};

export type ScraperOptions = {
	readonly clock: Clock;
	/** Takes each answer; what it throws counts as the endpoint's failure. */
	readonly onScrape: (scrape: Scrape) => void;
	/** Names of samples and families that are enough this time; by default, and where there are none, all are asked for. */
	readonly namesOf?: (endpoint: ScrapeEndpoint, at: number) => readonly string[];
	/** Learns of each failure, for the record. */
	readonly onMiss?: (endpoint: ScrapeEndpoint, at: number) => void;
	/** Told once for an endpoint that keeps failing; one sentence. */
	readonly onTrouble?: (message: string, endpoint: ScrapeEndpoint) => void;
	/** @default 200 */
	readonly intervalMs?: number;
	/**
	Given up after that.

	@default 2000, or the interval where that is longer
	*/
	readonly deadlineMs?: number;
	/**
	Failures are told when they have lasted so long: a JVM takes a while to open its port.

	@default 5000
	*/
	readonly patienceMs?: number;
	/**
	Who was just added is spared that long, at most an interval.

	@default 0
	*/
	readonly spareMs?: number;
	/** Opens connections; by default from this machine. */
	readonly open?: OpenChannel;
};

type EndpointStatus = {
	readonly label: string;
	readonly scrapes: number;
	readonly failures: number;
	/** Times that were left out because the answer to the one before was still to come. */
	readonly skipped: number;
	/** Of the last answer, epoch ms. */
	readonly lastAt?: number;
	readonly lastDurationMs?: number;
	/** Of the last request, where it failed. */
	readonly error?: string;
};

export type Scraper = {
	/** Begins to scrape an endpoint; one with the same label is replaced. */
	add(endpoint: ScrapeEndpoint): void;
	/** Stops to scrape a proc, as when it exited. */
	remove(label: string): void;
	status(): readonly EndpointStatus[];
	/** Closes every connection; nothing is called after that. Idempotent. */
	stop(): Promise<void>;
};

type Target = {
	readonly endpoint: ScrapeEndpoint;
	readonly connection: ScrapeConnection;
	nextAt: number;
	/** Of the request under way; Infinity where there is none. */
	deadlineAt: number;
	scrapes: number;
	failures: number;
	skipped: number;
	lastAt?: number;
	lastDurationMs?: number;
	error?: string;
	/** Since when it fails. */
	failingSince?: number;
	failuresInARow: number;
	wasTold: boolean;
};

/** Times are put on a grid, so that a wake-up serves several endpoints. */
const gridMs = 5;

/** A port that refuses is asked less and less often, down to once in this time. */
const maxPauseMs = 1000;

/** The part of the interval by which each endpoint is later than the one before: the golden section spreads any number of them. */
const golden = (Math.sqrt(5) - 1) / 2;

/** Starts a scraper without endpoints. */
export function startScraper({
	clock,
	onScrape,
	namesOf,
	onMiss,
	onTrouble,
	intervalMs = 200,
	deadlineMs = Math.max(2000, intervalMs),
	patienceMs = 5000,
	spareMs = 0,
	open = openSocket,
}: ScraperOptions): Scraper {
	const targets = new Map<string, Target>();
	const stopping = new AbortController();
	let added = 0;
	let wake = new AbortController();
	const ended = loop();

	return {
		add(endpoint) {
			remove(endpoint.label);
			const now = clock.now();
			const phase = Math.floor((((added++ * golden) % 1) * intervalMs) / gridMs) * gridMs;
			const earliest = now + Math.min(intervalMs, spareMs);
			const start = Math.floor(earliest / intervalMs) * intervalMs + phase;
			const connection = new ScrapeConnection(endpoint, open);
			targets.set(endpoint.label, {
				endpoint,
				connection,
				nextAt: start < earliest ? start + intervalMs : start,
				deadlineAt: Infinity,
				scrapes: 0,
				failures: 0,
				skipped: 0,
				failuresInARow: 0,
				wasTold: false,
			});
			wake.abort();
		},
		remove,
		status: () =>
			[...targets.values()].map(({endpoint: {label}, scrapes, failures, skipped, lastAt, lastDurationMs, error}) => ({
				label,
				scrapes,
				failures,
				skipped,
				...(lastAt !== undefined && {lastAt}),
				...(lastDurationMs !== undefined && {lastDurationMs}),
				...(error !== undefined && {error}),
			})),
		async stop() {
			stopping.abort();
			for (const label of targets.keys()) {
				remove(label);
			}

			wake.abort();
			await ended;
		},
	};

	function remove(label: string): void {
		const target = targets.get(label);
		targets.delete(label);
		target?.connection.close();
	}

	async function loop(): Promise<void> {
		while (!stopping.signal.aborted) {
			const now = clock.now();
			let next = now + intervalMs;
			for (const target of targets.values()) {
				serve(target, now);
				next = Math.min(next, target.nextAt, target.deadlineAt);
			}

			if (wake.signal.aborted) {
				wake = new AbortController();
			}

			await clock.sleep(Math.max(1, next - now), wake.signal);
		}
	}

	function serve(target: Target, now: number): void {
		const isBusy = target.deadlineAt !== Infinity;
		if (isBusy && now >= target.deadlineAt) {
			target.connection.close(`it did not answer within ${deadlineMs} ms`);
		}

		if (now < target.nextAt) {
			return;
		}

		// After a pause of this process, the times that it missed are not made up for.
		target.nextAt += Math.floor((now - target.nextAt) / intervalMs + 1) * intervalMs;
		if (isBusy) {
			target.skipped++;
		} else {
			target.deadlineAt = now + deadlineMs;
			void scrape(target, now);
		}
	}

	async function scrape(target: Target, startedAt: number): Promise<void> {
		const {endpoint, connection} = target;
		const at = Math.round(startedAt);
		try {
			const names = namesOf?.(endpoint, at) ?? [];
			const {body, contentType} = await connection.get(deadlineMs, names);
			if (targets.get(endpoint.label) !== target) {
				return;
			}

			const durationMs = clock.now() - startedAt;
			onScrape({endpoint, at, durationMs, format: contentType.includes('openmetrics') ? 'openmetrics' : 'prometheus', names, body});
			succeeded(target, at, durationMs);
		} catch (error) {
			if (targets.get(endpoint.label) === target) {
				failed(target, at, messageOf(error));
			}
		} finally {
			target.deadlineAt = Infinity;
		}
	}

	function succeeded(target: Target, at: number, durationMs: number): void {
		target.scrapes++;
		target.lastAt = at;
		target.lastDurationMs = durationMs;
		target.error = undefined;
		target.failingSince = undefined;
		target.failuresInARow = 0;
	}

	function failed(target: Target, at: number, message: string): void {
		target.failures++;
		target.error = message;
		target.failingSince ??= at;
		const pause = Math.min(intervalMs * 2 ** Math.min(target.failuresInARow++, 10), maxPauseMs);
		while (target.nextAt < at + pause) {
			target.nextAt += intervalMs;
		}

		onMiss?.(target.endpoint, at);
		if (!target.wasTold && at - target.failingSince >= patienceMs) {
			target.wasTold = true;
			onTrouble?.(
				`${message.replace(/\.$/, '')}, for ${Math.round((at - target.failingSince) / 1000)} s now; its metrics are missing from then on.`,
				target.endpoint,
			);
		}
	}
}
