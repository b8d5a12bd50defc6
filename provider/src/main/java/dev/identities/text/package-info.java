/** Text from outside, made fit for a line of log. */
package dev.identities.text;
