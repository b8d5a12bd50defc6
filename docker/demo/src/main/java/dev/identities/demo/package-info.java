/** The demo: one command that shows the plugin with people, devices and applications in it. */
package dev.identities.demo;
