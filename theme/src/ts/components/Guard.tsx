import { Component, type ReactNode } from "react";

interface GuardProps {
  message: string;
  children: ReactNode;
}

/** Shows a message when a page breaks, because an empty page would look as if no one were signed in. */
export class Guard extends Component<GuardProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <p className="identities-loading">{this.props.message}</p> : this.props.children;
  }
}
