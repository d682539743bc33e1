/**
 * The components that the walk-through and the portal share. Import `../ui/styles/index.css` once,
 * wrap the tree in `LanguageProvider`, put a `Page` in it and a `Screen` (with a `key`) for each step.
 *
 * Where the first load counts, import from the single files instead: a chunk that imports this file
 * carries every component.
 */
export { Button, type ButtonProps } from './Button.tsx'
export { Checklist, type ChecklistItem } from './Checklist.tsx'
export { Choice, type ChoiceOption } from './Choice.tsx'
export { ConfirmDialog } from './ConfirmDialog.tsx'
export { ErrorBoundary } from './ErrorBoundary.tsx'
export { ErrorNotice, RequestId } from './ErrorNotice.tsx'
export { Form } from './Form.tsx'
export * from './i18n.ts'
export * from './icons.tsx'
export { LanguageChoice } from './LanguageChoice.tsx'
export { LanguageProvider, useLanguage } from './LanguageProvider.tsx'
export { Meter } from './Meter.tsx'
export { Notice, type Tone } from './Notice.tsx'
export { codeDigits, looksLikeCode, OneTimeCodeField } from './OneTimeCodeField.tsx'
export { Page } from './Page.tsx'
export { PasswordField, type PasswordFieldProps } from './PasswordField.tsx'
export { type ProgressItem, ProgressList } from './ProgressList.tsx'
export { describeError } from './problem.ts'
export { Actions, Screen, type ScreenProps } from './Screen.tsx'
export { Steps } from './Steps.tsx'
export { TextField, type TextFieldProps } from './TextField.tsx'
export { clockTime, timeOfDay, useSecondsLeft } from './time.ts'
