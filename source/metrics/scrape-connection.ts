import {BenchError, messageOf} from '../core/errors.ts';
import {type Channel} from '../core/host.ts';
import {HttpResponseReader, type HttpResponse} from './http-response-reader.ts';
import {endpointName, instanceOf, type ScrapeEndpoint} from './scrape-endpoint.ts';

/** Opens a connection to an endpoint, as `Host.open` does; rejects where nothing accepts. */
export type OpenChannel = (endpoint: ScrapeEndpoint, timeoutMs: number) => Promise<Channel>;

type Waiting = {
	/** Undefined where the connection ended before an answer began. */
	readonly resolve: (response: HttpResponse | undefined) => void;
	readonly reject: (error: unknown) => void;
};

/** One kept connection to one endpoint, with one request at a time. */
export class ScrapeConnection {
	readonly #endpoint: ScrapeEndpoint;
	readonly #open: OpenChannel;
	/** What asks for all, and what asked for some names the last time. */
	readonly #wholeRequest: string;
	#lastRequest: {readonly names: readonly string[]; readonly text: string} | undefined;
	/** Whether it has never failed to answer to names. */
	#takesNames = true;
	#channel: Channel | undefined;
	#waiting: Waiting | undefined;

	constructor(endpoint: ScrapeEndpoint, open: OpenChannel) {
		this.#endpoint = endpoint;
		this.#open = open;
		this.#wholeRequest = this.#requestFor('');
	}

	/**
	Asks for the metrics. The answer's body holds until the next request.

	@param names Of samples and families that are enough. The client libraries of Java and Python answer with these alone, others
	with all; who refuses, or gives no answer that can be read, is not asked so again.
	@throws BenchError `metrics` naming the endpoint; a status other than 200 is one too.
	*/
	async get(timeoutMs: number, names: readonly string[] = []): Promise<HttpResponse> {
		if (names.length > 0 && this.#takesNames) {
			if (this.#lastRequest?.names !== names) {
				this.#lastRequest = {names, text: this.#requestFor(names.map(name => `name[]=${encodeURIComponent(name)}`).join('&'))};
			}

			// Until there is an answer: it may never come.
			this.#takesNames = false;
			const response = await this.#answer(timeoutMs, this.#lastRequest.text);
			if (response?.status === 200) {
				this.#takesNames = true;
				return response;
			}
		}

		const response = await this.#answer(timeoutMs, this.#wholeRequest);
		if (!response) {
			throw this.#fault('it closed the connection without an answer');
		}

		if (response.status !== 200) {
			throw this.#fault(`it answered with status ${response.status}`);
		}

		return response;
	}

	/** Gives the present request up, if there is one, and closes the connection. */
	close(reason = 'the scraper stopped'): void {
		this.#waiting?.reject(this.#fault(reason));
		this.#waiting = undefined;
		this.#drop();
	}

	/** Undefined where the connection was closed without one. */
	async #answer(timeoutMs: number, request: string): Promise<HttpResponse | undefined> {
		const wasKept = this.#channel !== undefined;
		let response = await this.#ask(timeoutMs, request);
		if (!response && wasKept) {
			// The server closed the idle connection just as the request left: that is no failure.
			response = await this.#ask(timeoutMs, request);
		}

		if (response?.keepAlive === false) {
			this.#drop();
		}

		return response;
	}

	#requestFor(query: string): string {
		const path = this.#endpoint.path ?? '/metrics';
		return [
			`GET ${path}${query && (path.includes('?') ? '&' : '?')}${query} HTTP/1.1`,
			`Host: ${instanceOf(this.#endpoint)}`,
			'User-Agent: benchdeck',
			// The text format is the cheapest for the proc that is being measured.
			'Accept: text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1',
			'\r\n',
		].join('\r\n');
	}

	async #ask(timeoutMs: number, request: string): Promise<HttpResponse | undefined> {
		const {promise, resolve, reject} = Promise.withResolvers<HttpResponse | undefined>();
		this.#waiting = {resolve, reject};
		void this.#send(this.#waiting, timeoutMs, request);
		return promise;
	}

	async #send(waiting: Waiting, timeoutMs: number, request: string): Promise<void> {
		try {
			if (!this.#channel) {
				const channel = await this.#open(this.#endpoint, timeoutMs);
				if (this.#waiting !== waiting) {
					// It opened after the request had been given up.
					channel.destroy();
					return;
				}

				this.#channel = channel;
				void this.#pump(channel);
			}

			this.#channel.write(request);
		} catch (error) {
			waiting.reject(this.#fault(messageOf(error)));
		}
	}

	/** Reads a channel to its end. */
	async #pump(channel: Channel): Promise<void> {
		const reader = new HttpResponseReader(endpointName(this.#endpoint));
		try {
			for await (const chunk of channel) {
				const response = reader.push(chunk);
				if (response) {
					this.#settle(channel, waiting => {
						waiting.resolve(response);
					});
				}
			}

			const last = reader.end();
			this.#settle(channel, waiting => {
				waiting.resolve(last);
			});
		} catch (error) {
			this.#settle(channel, waiting => {
				if (error instanceof BenchError) {
					waiting.reject(error);
				} else if (reader.isWithin) {
					waiting.reject(this.#fault(messageOf(error)));
				} else {
					waiting.resolve(undefined);
				}
			});
		}

		if (this.#channel === channel) {
			this.#drop();
		}
	}

	/** Settles the present request, unless it is none of this channel's. */
	#settle(channel: Channel, how: (waiting: Waiting) => void): void {
		const waiting = this.#waiting;
		if (this.#channel !== channel) {
			return;
		}

		if (!waiting) {
			// Bytes, or the end, between two requests.
			this.#drop();
			return;
		}

		this.#waiting = undefined;
		how(waiting);
	}

	#drop(): void {
		const channel = this.#channel;
		this.#channel = undefined;
		channel?.destroy();
	}

	#fault(what: string): BenchError {
		return new BenchError('metrics', `${endpointName(this.#endpoint)}: cannot be scraped: ${what.replace(/\.$/, '')}.`);
	}
}
