import type { ReactNode } from 'react'

/** Icons never carry meaning alone: each stands next to a word, so all are hidden from screen readers. */
function Icon({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <svg
      className={className ? `icon ${className}` : 'icon'}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

export const CheckIcon = () => (
  <Icon>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
)

/** Points back against the reading direction. */
export const BackIcon = () => (
  <Icon className="icon-directed">
    <path d="M19 12H5m6-6-6 6 6 6" />
  </Icon>
)

/** Points on along the reading direction. */
export const NextIcon = () => (
  <Icon className="icon-directed">
    <path d="m9 5 7 7-7 7" />
  </Icon>
)

export const EyeIcon = () => (
  <Icon>
    <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
    <circle cx="12" cy="12" r="3" />
  </Icon>
)

export const EyeOffIcon = () => (
  <Icon>
    <path d="M10 5.7A9 9 0 0 1 12 5.5C18 5.5 21.5 12 21.5 12a17 17 0 0 1-2.8 3.5M6.3 7.3A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.6-1.3M4 4l16 16" />
  </Icon>
)

export const InfoIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 11v5.5M12 7.5v.01" />
  </Icon>
)

export const WarningIcon = () => (
  <Icon>
    <path d="M12 3.5 2.5 20h19L12 3.5ZM12 10v4.5M12 17.3v.01" />
  </Icon>
)

export const ErrorIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7.5V13M12 16.5v.01" />
  </Icon>
)

export const ClockIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7v5l3.5 2" />
  </Icon>
)

export const PhoneIcon = () => (
  <Icon>
    <rect x="7" y="2.5" width="10" height="19" rx="2.5" />
    <path d="M11 18.5h2" />
  </Icon>
)

/** A person and a key: what stays with the device. */
export const PasskeyIcon = () => (
  <Icon>
    <circle cx="9" cy="7.5" r="3.5" />
    <path d="M3 20a6.5 6.5 0 0 1 9.5-5.7" />
    <circle cx="17.5" cy="13" r="2.5" />
    <path d="M17.5 15.5v5.5l2-1.5-1.2-1.2 1.2-1.2" />
  </Icon>
)

export const SecurityKeyIcon = () => (
  <Icon>
    <rect x="8" y="8" width="8" height="13.5" rx="2.5" />
    <path d="M9.5 8V2.5h5V8M12 17v.01" />
  </Icon>
)

/** A phone with a number on it. */
export const PhoneNumberIcon = () => (
  <Icon>
    <rect x="7" y="2.5" width="10" height="19" rx="2.5" />
    <path d="m10.5 9.5 1.8-1.5v6.5M11 18.5h2" />
  </Icon>
)

/** A sheet with lines of codes. */
export const CodesIcon = () => (
  <Icon>
    <rect x="4.5" y="3" width="15" height="18" rx="2.5" />
    <path d="M8 8h3m2 0h3M8 12h3m2 0h3M8 16h3m2 0h3" />
  </Icon>
)

export const PassIcon = () => (
  <Icon>
    <path d="M3 8a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v2a2 2 0 0 0 0 4v2a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-2a2 2 0 0 0 0-4Z" />
    <path d="M14 6v2m0 3v2m0 3v2" />
  </Icon>
)

export const MessageIcon = () => (
  <Icon>
    <path d="M4 5h16v11H10l-4.5 4v-4H4Z" />
    <path d="M8.5 10.5h.01M12 10.5h.01M15.5 10.5h.01" />
  </Icon>
)

export const MailIcon = () => (
  <Icon>
    <rect x="3" y="5" width="18" height="14" rx="2.5" />
    <path d="m4 7.5 8 6 8-6" />
  </Icon>
)

export const KeyIcon = () => (
  <Icon>
    <circle cx="8" cy="12" r="4.5" />
    <path d="M12.5 12H21v3.5M17 12v3" />
  </Icon>
)

export const LockOpenIcon = () => (
  <Icon>
    <rect x="4.5" y="10.5" width="15" height="10" rx="2.5" />
    <path d="M8 10.5V7a4 4 0 0 1 7.7-1.5M12 14.5v2" />
  </Icon>
)

export const LanguageIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M3 12h18M12 3c3 3 3.8 6 3.8 9s-.8 6-3.8 9c-3-3-3.8-6-3.8-9S9 6 12 3Z" />
  </Icon>
)

export const RepeatIcon = () => (
  <Icon>
    <path d="M20 11a8 8 0 0 0-14-4.5L4 8.5M4 4v4.5h4.5M4 13a8 8 0 0 0 14 4.5l2-2M20 20v-4.5h-4.5" />
  </Icon>
)

export const SparkIcon = () => (
  <Icon>
    <path d="M12 3.5 14 10l6.5 2L14 14l-2 6.5L10 14l-6.5-2L10 10l2-6.5Z" />
  </Icon>
)

/** The product's mark: a keyhole in a latch. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect className="mark-plate" x="3" y="3" width="26" height="26" rx="8" />
    <path
      className="mark-hole"
      d="M16 8.5a4.5 4.5 0 0 0-2.3 8.370L12.3 23.5h7.4l-1.4-6.630A4.5 4.5 0 0 0 16 8.5Z"
    />
  </svg>
)
