using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>Trusts the certificates that the machine trusts, and says why it does not trust another one.</summary>
internal static class HttpCertificates
{
    /// <summary>True, or throws <see cref="CallRefusedException"/> with the reasons.</summary>
    public static bool Check(object connection, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        var host = connection is SslStream { TargetHostName: { Length: > 0 } name } ? name : "the other side";
        throw new CallRefusedException("certificate_not_trusted",
            $"The certificate of {host} is not trusted: {string.Join(", and ", Reasons(certificate, chain, errors))}. Nothing was sent. "
            + $"Whoever runs {host} can put that right; a certificate of your own has to be known to the machine that the studio runs on.");
    }

    private static IEnumerable<string> Reasons(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) yield return "there is none";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) yield return "it is for another name";
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)) yield break;
        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid)) yield return $"it has run out or is not valid yet ({Period(certificate)})";
        if (status.HasFlag(X509ChainStatusFlags.Revoked)) yield return "it was revoked";
        if ((status & ~(X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.Revoked)) != 0)
            yield return "nobody known here vouches for it";
    }

    private static string Period(X509Certificate? certificate) => certificate is X509Certificate2 c
        ? string.Create(
            CultureInfo.InvariantCulture, $"{c.NotBefore.ToUniversalTime():yyyy-MM-dd} to {c.NotAfter.ToUniversalTime():yyyy-MM-dd}")
        : "its dates cannot be read";
}
