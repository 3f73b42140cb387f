using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using WorkflowStudio.Engine.Connectors;

namespace WorkflowStudio.Hosting;

/// <summary>Protects the secrets of connections with the app's key ring.</summary>
internal sealed class KeyRingProtector(IDataProtectionProvider provider) : ISecretProtector
{
    private readonly IDataProtector protector = provider.CreateProtector("connections");

    public byte[] Protect(string secret) => protector.Protect(Encoding.UTF8.GetBytes(secret));

    public string? Unprotect(byte[] protectedSecret)
    {
        try
        {
            return Encoding.UTF8.GetString(protector.Unprotect(protectedSecret));
        }
        catch (CryptographicException)
        {
            return null; // made with another key ring: the connection has to be entered again
        }
    }
}
