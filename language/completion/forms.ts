import type { Form } from './form.ts';
import { MEMBER_FORMS } from './member-forms.ts';
import { PROPERTY_FORMS } from './property-forms.ts';

export type { Form, Part, Slot } from './form.ts';

/** By rule of the grammar: how it is written, and what it means. */
export const FORMS = { ...MEMBER_FORMS, ...PROPERTY_FORMS } as const;

export type FormName = keyof typeof FORMS;

export const isFormName = (rule: string): rule is FormName => Object.hasOwn(FORMS, rule);

export const formOf = (rule: FormName): Form => FORMS[rule];
