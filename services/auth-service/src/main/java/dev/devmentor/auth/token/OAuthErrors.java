package dev.devmentor.auth.token;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** OAuth clients know their own form of errors, and no problem documents. */
class OAuthErrors {
    @ServerExceptionMapper
    Response oauth(OAuthException failure) {
        return failure.answer();
    }
}
