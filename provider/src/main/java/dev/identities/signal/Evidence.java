package dev.identities.signal;

import dev.identities.session.SessionId;
import java.util.List;

/**
 * Why there is a signal. A member that says nothing about its code is null.
 *
 * @param otherSession the session at the other end of an impossible journey
 * @param distanceKm kilometres between the two, both accuracy radii taken off
 * @param seconds the time between the two sign-ins
 * @param speedKmh kilometres per hour that the journey would have taken
 * @param country the session's country, ISO 3166-1 alpha-2
 * @param device the session's kind of device, for example {@code Desktop Windows}
 * @param others the countries or kinds of device that it was compared with, each once, in the order of the alphabet
 * @param days the age of the session in whole days
 */
public record Evidence(
        SessionId otherSession,
        Long distanceKm,
        Long seconds,
        Long speedKmh,
        String country,
        String device,
        List<String> others,
        Long days) {

    /** The code says it all. */
    public static final Evidence NONE = new Evidence(null, null, null, null, null, null, null, null);

    static Evidence journey(SessionId other, Travel travel) {
        return new Evidence(
                other,
                Math.round(travel.kilometres()),
                travel.time().toSeconds(),
                Math.round(travel.speed()),
                null,
                null,
                null,
                null);
    }

    static Evidence country(String country, List<String> others) {
        return new Evidence(null, null, null, null, country, null, others, null);
    }

    static Evidence device(String kind, List<String> others) {
        return new Evidence(null, null, null, null, null, kind, others, null);
    }

    static Evidence age(long days) {
        return new Evidence(null, null, null, null, null, null, null, days);
    }
}
