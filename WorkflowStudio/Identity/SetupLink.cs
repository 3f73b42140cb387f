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
    private bool taken;

    /// <summary>Makes the link's token; an earlier one is void.</summary>
    public string Open()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        lock (gate) (hash, expires, taken) = (Hash(token), clock.GetUtcNow() + Life, false);
        return token;
    }

    /// <summary>Takes the link if the token is the open one: of many who try at once, one gets it.</summary>
    public bool TryTake(string? token)
    {
        lock (gate)
        {
            if (hash is null || taken || clock.GetUtcNow() >= expires || !CryptographicOperations.FixedTimeEquals(hash, Hash(token ?? "")))
                return false;
            return taken = true;
        }
    }

    /// <summary>Gives the link back when nothing was made with it.</summary>
    public void Return()
    {
        lock (gate) taken = false;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
