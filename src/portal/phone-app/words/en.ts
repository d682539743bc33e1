/** The phone in English: few words, since people read them on the go. */
export const phoneEnglish = {
  tryAgain: 'Try again',
  waiting: 'You can try again in {{time}}.',
  unpaired: {
    title: 'Connect this phone',
    intro:
      'On your computer, open the Latchkey page of your organisation, choose “Latchkey on your phone” and scan the picture with this phone.',
    install:
      'Tip: add this page to your home screen first. On an iPhone that is needed for notifications. Then open it from there and paste the link.',
    link: 'Or paste the link here',
    malformed: 'That is not the link that the page shows. It ends with a long row of characters.',
    submit: 'Continue',
  },
  pair: {
    title: 'Connect this phone?',
    intro:
      'Only if you have just opened this from the Latchkey page on your own screen. Nobody else may send you such a link.',
    replaces:
      'This phone is connected already. Connecting it again ends that: please remove the old entry in the portal afterwards.',
    name: 'What shall we call this phone?',
    firstName: 'My phone',
    nameHint: 'So that you can tell your devices apart later.',
    nameMissing: 'Give it a name, such as “My phone”.',
    submit: 'Connect',
    over: 'This link was used already, or is older than ten minutes. Begin again on your computer.',
  },
  compare: {
    title: 'Type this number on your computer',
    intro: 'The page there asks for it. Then this phone is connected.',
    no: 'Does the page say that it was wrong? Then begin again there.',
  },
  ready: {
    title: 'Nothing to do right now',
    intro: 'When you want to get back into your account, this phone asks you for a number.',
    connected: 'Connected as “{{label}}”.',
    lost: 'We cannot reach the server just now. We keep trying.',
    never: {
      title: 'Nobody may tell you the number',
      text: 'Not the helpdesk, not your boss. You read it from the screen in front of you.',
    },
    notify: {
      title: 'Shall this phone ring?',
      text: 'Without notifications you open Latchkey yourself when it is needed.',
      allow: 'Allow notifications',
      on: 'This phone rings when you are asked.',
      blocked: 'Notifications are switched off for this page. You can open it yourself instead.',
      unsupported: 'This browser cannot ring. Open this page yourself when it is needed.',
      failed: 'Notifications do not work right now. Open this page yourself when it is needed.',
    },
  },
  question: {
    title: 'Is this you?',
    purpose: {
      reset: 'Somebody wants to choose a new password for your account.',
      unlock: 'Somebody wants to unlock your account.',
      methods: 'Somebody is signed in to the portal and wants to change how you get back in.',
    },
    when: 'When',
    now: 'Just now, at {{time}}',
    where: 'From network',
    account: 'Account',
    number: 'Number on your other screen',
    numberHint: 'Two digits. Type them only if you read them from the screen in front of you.',
    missing: 'Type the two digits that the other screen shows.',
    submit: 'Confirm',
    deny: 'This wasn’t me',
    left: '{{time}} left',
    leftSpoken: 'A question has come. It is open for two minutes.',
  },
  told: {
    approved: { title: 'Done', text: 'Go on at the other screen.' },
    wrong: {
      title: 'That was not the number',
      text: 'Nothing was confirmed. Ask for a new number at the other screen and compare.',
    },
    denied: {
      title: 'Stopped. Nobody gets in',
      text: 'We have ended it and told you by mail. Please tell your helpdesk as well: somebody may be after your account.',
    },
    over: {
      title: 'Too late for this one',
      text: 'It is over already. If you still want to get in, ask for a new number.',
    },
    close: 'OK',
  },
  gone: {
    title: 'This phone is not connected any more',
    text: 'It was removed, or the connection was never finished. Nothing that it says counts now.',
    again: 'Connect again',
  },
  failed: 'This page cannot be shown just now',
} as const
