using System.Security.Cryptography;
using System.Text;

namespace WorkflowStudio.Identity;

/// <summary>
/// The one-time link with which the first owner of an installation is made. It lives in memory: a restart makes another as long as there is
/// no account.
/// </summary>
internal sealed class SetupLink(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private byte[]? hash;
    private DateTimeOffset expires;

    /// <summary>Makes the link's token; an earlier one is void.</summary>
    public string Open()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        lock (gate) (hash, expires) = (Hash(token), clock.GetUtcNow() + Life);
        return token;
    }

    /// <summary>Whether the token is the open one.</summary>
    public bool Accepts(string? token)
    {
        lock (gate) return hash is not null && clock.GetUtcNow() < expires && CryptographicOperations.FixedTimeEquals(hash, Hash(token ?? ""));
    }

    /// <summary>Ends the link after it was used.</summary>
    public void Close()
    {
        lock (gate) hash = null;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
