/*
Keys that do the same on every screen of benchdeck.
*/
import {type KeyGroup} from './binding.ts';

export type MovingCommand = 'up' | 'down' | 'left' | 'right' | 'half-page-up' | 'half-page-down' | 'page-up' | 'page-down' | 'start' | 'end';

export const movingKeys = {
	title: 'Moving',
	bindings: [
		{command: 'down', keys: ['j', 'down'], help: 'a line down'},
		{command: 'up', keys: ['k', 'up'], help: 'a line up'},
		{command: 'left', keys: ['h', 'left'], help: 'left'},
		{command: 'right', keys: ['l', 'right'], help: 'right'},
		{command: 'half-page-down', keys: ['ctrl-d'], help: 'half a page down'},
		{command: 'half-page-up', keys: ['ctrl-u'], help: 'half a page up'},
		{command: 'page-down', keys: ['page-down', 'space', 'ctrl-f'], help: 'a page down'},
		{command: 'page-up', keys: ['page-up', 'ctrl-b'], help: 'a page up'},
		{command: 'start', keys: ['g', 'home'], help: 'to the beginning'},
		{command: 'end', keys: ['G', 'end'], help: 'to the end; a log follows again'},
	],
} as const satisfies KeyGroup<MovingCommand>;

export type SearchingCommand = 'search' | 'next-match' | 'previous-match' | 'filter';

export const searchingKeys = {
	title: 'Searching',
	bindings: [
		{command: 'search', keys: ['/'], label: 'search', help: 'search: a regular expression, or text where it is none'},
		{command: 'next-match', keys: ['n'], help: 'next match'},
		{command: 'previous-match', keys: ['N'], help: 'previous match'},
		{command: 'filter', keys: ['&'], label: 'filter', help: 'show matching lines alone; !word those without it; word +2 with two lines of context'},
	],
} as const satisfies KeyGroup<SearchingCommand>;

type GeneralCommand = 'help' | 'palette' | 'quit' | 'interrupt' | 'suspend' | 'back';

export const generalKeys = {
	title: 'Everywhere',
	bindings: [
		{command: 'palette', keys: [':'], label: 'commands', help: 'all commands, by name'},
		{command: 'help', keys: ['?'], label: 'all keys', help: 'these keys'},
		{command: 'back', keys: ['esc'], help: 'back'},
		{command: 'quit', keys: ['q'], label: 'quit', help: 'back; at the top, quit'},
		{command: 'interrupt', keys: ['ctrl-c'], help: 'quit, from anywhere; while a run goes on it asks, twice at once stops the run in order'},
		{command: 'suspend', keys: ['ctrl-z'], help: 'suspend benchdeck\'s screen; fg comes back'},
	],
} as const satisfies KeyGroup<GeneralCommand>;
