package dev.identities.access;

import dev.identities.session.Actor;

/** Who may call Global Token Revocation: an identity provider of the realm, or an OAuth client. */
public sealed interface GlobalRevocationCaller extends Actor permits IdentityProviderCaller, OAuthClientCaller {}
