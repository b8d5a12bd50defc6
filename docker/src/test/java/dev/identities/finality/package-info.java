/**
 * Whoever ends a session: nothing of it works afterwards, however busy its users are.
 *
 * <p>A long run: {@code mvn verify -Dit.test='dev.identities.finality.*IT' -Didentities.rounds=1000}, with {@code
 * -Didentities.database=postgresql} or {@code mariadb} on another database than H2. Each line "... rounds went wrong" is a
 * figure. On two nodes: {@code FinalityOnTwoNodesIT}.
 */
package dev.identities.finality;
