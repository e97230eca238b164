/** The headers that keep a browser from doing more with our pages than they need. */
import helmet from 'helmet';

/** Scripts, styles and connections from this origin alone; the console's component library sets style attributes. */
export const securityHeaders = () =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // Whether a site is served by TLS is known to whoever terminates it, in front of this process.
    strictTransportSecurity: false,
  });
