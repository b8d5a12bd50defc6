/**
 * Global Token Revocation (draft-parecki-oauth-global-token-revocation-06): an identity provider of the realm, or an
 * OAuth client, names a person and has all of that person's sessions ended.
 */
package dev.identities.api.globalrevocation;
