package dev.identities.filter;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A member of the objects in a list.
 *
 * @param name as in the JSON, with a dot between an object and its member
 * @param parts what its value costs
 * @param role what a store could do with a condition on it
 * @param members for a list: what its members are made of
 * @param read its value for a row, as its type has it
 */
record Field(
        String name, Type type, Set<Part> parts, Role role, Optional<Members> members, Function<Scope, Object> read) {

    /** What a store may know a field by. */
    enum Role {
        NONE,
        CREATED,
        LAST_ACTIVE,
        KIND,
        REMEMBER_ME,
        SESSION_ID,
        SID,
        USER_ID,
        USERNAME,
        EMAIL,
        ADDRESS,
        RECORDED_ADDRESS,
        PROVIDER_ALIAS,
        AUTH_METHOD,
        USER_AGENT,
        CLIENT_ID
    }

    /**
     * The members of a list.
     *
     * @param key the one that {@code in} compares
     */
    record Members(Vocabulary fields, Field key) {}

    static Field of(String name, Type type, Function<Scope, Object> read, Part... parts) {
        return new Field(name, type, Set.of(parts), Role.NONE, Optional.empty(), read);
    }

    Field as(Role knownBy) {
        return new Field(name, type, parts, knownBy, members, read);
    }

    Field listing(Members listed) {
        return new Field(name, type, parts, role, Optional.of(listed), read);
    }

    /** The same as a member of that object; a store cannot narrow it down. */
    Field within(String object) {
        return new Field(object + "." + name, type, parts, Role.NONE, members, read);
    }
}
