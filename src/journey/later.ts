/** The screens that follow the first one. One chunk, fetched while somebody types their name. */
export { DoneStep } from './done/DoneStep.tsx'
export { FailureStep } from './failure/FailureStep.tsx'
export { LeaveDialog } from './leaving/LeaveDialog.tsx'
export { MethodsStep } from './methods/MethodsStep.tsx'
export { PreparingStep } from './preparing/PreparingStep.tsx'
export { ProveStep } from './prove/ProveStep.tsx'
export { WritingStep } from './writing/WritingStep.tsx'
