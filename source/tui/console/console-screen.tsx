import {useIsScreenReaderEnabled} from 'ink';
import {useEffect, useState} from 'react';
import {Help} from '../components/help.tsx';
import {PromptLine} from '../components/prompt-line.tsx';
import {Rows} from '../components/rows.tsx';
import {isTooSmall, TooSmall} from '../components/too-small.tsx';
import {bindingsIn, commandOf} from '../keys/keymap.ts';
import {useLook} from '../look.ts';
import {type ConsoleEnd} from '../open-console.ts';
import {useKeyPress} from '../terminal/key-queue.tsx';
import {emptyPrompt} from '../text/prompt.ts';
import {metricEntry, paletteEntries, paletteLines} from '../text/palette.ts';
import {ConsoleFrame, type ConsoleView} from './console-frame.tsx';
import {type ConsoleKeyCommand} from './key-commands.ts';
import {chartableNames} from './metric-spec.ts';
import {type ConsoleAction, type Screen} from './model.ts';
import {QuestionDialog} from './question-dialog.tsx';
import {Spoken} from './spoken.tsx';
import {type Commands, useCommands} from './use-commands.ts';
import {type ConsoleParts, useConsole} from './use-console.ts';

type ConsoleScreenProps = ConsoleParts & {readonly onEnd: (end: ConsoleEnd) => void};

/** The live console. */
export function ConsoleScreen(props: ConsoleScreenProps) {
	const {view, dispatch} = useConsole(props);
	const [isLeaving, setIsLeaving] = useState(false);
	const commands = useCommands({...props, view, dispatch});
	const isSpoken = useIsScreenReaderEnabled();
	const {model, state, columns, rows} = view;
	const {screen} = model;

	// A person who stopped the run and wants to leave waits for its end, and no longer.
	const {onEnd} = props;
	useEffect(() => {
		if (isLeaving && state.outcome !== undefined) {
			onEnd({kind: 'stopped'});
		}
	}, [isLeaving, state.outcome, onEnd]);

	const [question] = state.questions;
	const mustAnswer = question !== undefined && props.options.actions.answer !== undefined && screen.kind !== 'typing';
	useEffect(() => {
		if (mustAnswer) {
			dispatch({type: 'opened', screen: {kind: 'typing', what: 'answer', prompt: emptyPrompt, choice: 0, under: {kind: 'panes'}}});
		}
	}, [mustAnswer, dispatch]);

	const stopAndLeave = () => {
		dispatch({type: 'closed'});
		commands.stop();
		setIsLeaving(true);
	};

	useConsoleKeys({view, dispatch, commands, isLeaving, onLeave() {
		commands.leave('detached');
	}});

	if (isSpoken) {
		return <Spoken view={view} logs={props.logs}/>;
	}

	if (isTooSmall(columns, rows)) {
		return <TooSmall columns={columns} rows={rows}/>;
	}

	switch (screen.kind) {
		case 'help': {
			return (
				<Help
					places={[...view.places, ...(view.places.includes('moving') ? [] : ['moving' as const])]} without={view.without} width={columns} height={rows} onClose={() => {
						dispatch({type: 'closed'});
					}}
				/>
			);
		}

		case 'typing': {
			return <TypingFrame view={view} screen={screen} parts={props} dispatch={dispatch} commands={commands}/>;
		}

		case 'asking': {
			return (
				<ConsoleFrame
					view={view}
					logs={props.logs}
					body={
						<QuestionDialog
							question={screen.question}
							view={view}
							canStop={props.options.actions.stop !== undefined}
							isStarter={props.options.role === 'started'}
							commands={commands}
							onStopAndLeave={stopAndLeave}
							onClose={() => {
								dispatch({type: 'closed'});
							}}
						/>
					}
				/>
			);
		}

		case 'panes':
		case 'zoomed':
		case 'charts':
		case 'copying': {
			return <ConsoleFrame view={view} logs={props.logs}/>;
		}
	}
}

type KeysParts = {readonly view: ConsoleView; readonly dispatch: (action: ConsoleAction) => void; readonly commands: Commands; readonly isLeaving: boolean; readonly onLeave: () => void};

// Keys of the console itself; prompts, questions and the help have their own.
function useConsoleKeys({view, dispatch, commands, isLeaving, onLeave}: KeysParts): void {
	const {screen} = view.model;
	const isOwn = screen.kind === 'panes' || screen.kind === 'zoomed' || screen.kind === 'charts' || screen.kind === 'copying';
	useKeyPress(({name}) => {
		dispatch({type: 'key-pressed'});
		if (isLeaving && name === 'ctrl-c') {
			onLeave();
			return;
		}

		if (screen.kind === 'copying') {
			dispatch({type: 'closed'});
			if (name === 't' || name === 'c' || name === 'p') {
				commands.copy(name);
			}

			return;
		}

		const command = commandOf(name, view.places);
		if (command !== undefined) {
			commands.run(command);
		}
	}, isOwn);
}

type TypingProps = {
	readonly view: ConsoleView;
	readonly screen: Extract<Screen, {readonly kind: 'typing'}>;
	readonly parts: ConsoleParts;
	readonly dispatch: (action: ConsoleAction) => void;
	readonly commands: Commands;
};

function TypingFrame({view, screen, parts, dispatch, commands}: TypingProps) {
	const {glyphs} = useLook();
	const {what, prompt, choice} = screen;
	const height = view.rows - 2;
	const bindings = bindingsIn(view.places).filter(({command}) => !view.without.includes(command));
	const entries = what === 'palette' ? paletteEntries(bindings, chartableNames(parts.charts.names()).map(name => metricEntry(name)), prompt.text) : [];
	const question = what === 'answer' ? view.state.questions[0] : undefined;
	const submit = (text: string) => {
		dispatch({type: 'closed'});
		switch (what) {
			case 'search': {
				commands.search(text);
				break;
			}

			case 'filter': {
				commands.filter(text);
				break;
			}

			case 'answer': {
				if (question) {
					commands.answer(question.question, text);
				}

				break;
			}

			case 'palette': {
				const entry = entries[Math.min(choice, entries.length - 1)];
				if (entry?.kind === 'metric') {
					commands.chartMetric(entry.name);
				} else if (entry) {
					commands.run(entry.name as ConsoleKeyCommand);
				}
			}
		}
	};

	const signs = {search: '/', filter: '&', palette: ':', answer: '? '} as const;
	const notes = {search: 'a text, or /a regular expression/', filter: '!word without it, word +2 with context', palette: `${entries.length} of everything`, answer: question?.text ?? ''} as const;
	return (
		<ConsoleFrame
			view={view}
			logs={parts.logs}
			body={
				what === 'palette'
					? (
						<Rows
							lines={paletteLines(entries, Math.min(choice, entries.length - 1), {width: view.columns, height}, glyphs)}
							width={view.columns}
							height={height}
						/>
					)
					: undefined
			}
			bottom={
				<PromptLine
					sign={signs[what]}
					prompt={prompt}
					width={view.columns}
					note={prompt.text === '' || what === 'palette' || what === 'answer' ? notes[what] : ''}
					isHidden={question?.isHidden}
					onChange={next => {
						dispatch({type: 'typed', prompt: next});
					}}
					onSubmit={submit}
					onCancel={() => {
						dispatch({type: 'closed'});
					}}
					onMove={
						what === 'palette'
							? step => {
								dispatch({type: 'choice-moved', choice: Math.max(0, Math.min(entries.length - 1, choice + step))});
							}
							: undefined
					}
				/>
			}
		/>
	);
}
