import {messageOf} from '../../../core/errors.ts';
import {type LogReader} from '../../../logs/log-reader.ts';
import {parseTimePattern} from '../../../logs/time-pattern.ts';
import {type Asked} from '../page.tsx';

/** What is asked of the log in focus: a search, a filter, how it writes its times. */
export type LogQuestion = 'search' | 'filter' | 'pattern';

type Answering = {
	readonly onClose: () => void;
	/** The log may have moved. */
	readonly onMoved: () => void;
	readonly onProblem: (message: string) => void;
};

const signs: Readonly<Record<LogQuestion, string>> = {search: '/', filter: '&', pattern: 'times '};

/** A question about a log as the page asks it; escape takes a search or a filter away. */
export function logQuestion(question: LogQuestion, reader: LogReader | undefined, {onClose, onMoved, onProblem}: Answering): Asked {
	const answer = (text: string) => {
		switch (question) {
			case 'search': {
				reader?.search(text);
				break;
			}

			case 'filter': {
				reader?.setFilter(text);
				break;
			}

			case 'pattern': {
				reader?.setPattern(text === '' ? undefined : parseTimePattern(text));
			}
		}
	};

	return {
		sign: signs[question],
		onSubmit(text) {
			onClose();
			try {
				answer(text);
				onMoved();
			} catch (error) {
				onProblem(messageOf(error));
			}
		},
		onCancel() {
			onClose();
			if (question !== 'pattern') {
				answer('');
			}
		},
	};
}
