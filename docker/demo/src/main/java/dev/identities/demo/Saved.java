package dev.identities.demo;

import java.nio.file.Path;

/**
 * One demo session whose tokens are kept in files, to try out what revocation does to them.
 *
 * @param username who signed in
 * @param employeeNumber the user key by which the help desk knows that person
 * @param sessionId Keycloak's session id
 * @param refreshToken file that holds nothing but the refresh token, for curl
 */
record Saved(String username, String employeeNumber, String sessionId, Path refreshToken) {}
