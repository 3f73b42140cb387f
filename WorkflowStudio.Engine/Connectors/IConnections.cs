using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors;

/// <summary>The accounts elsewhere that a workspace has connected.</summary>
public interface IConnections
{
    /// <summary>The connection of this kind (<c>ai</c>, <c>sms</c>, <c>smtp</c> …) with its secret in the clear, or null when there is none.</summary>
    Task<Connection?> FindAsync(Tenant tenant, string kind, CancellationToken cancellationToken);
}

/// <summary>An account elsewhere. Its text form leaves the secret out.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Settings">What is not secret: address, model …; an object.</param>
/// <param name="Secret">The secret in the clear; null when it has none, or when it can no longer be read.</param>
public sealed record Connection(string Kind, string Name, JsonElement Settings, string? Secret)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} connection {Name}";
}

/// <summary>Encrypts the secrets of connections with the app's key ring.</summary>
public interface ISecretProtector
{
    /// <summary>Encrypts.</summary>
    byte[] Protect(string secret);

    /// <summary>Decrypts; null when it was not encrypted with this key ring or was changed.</summary>
    string? Unprotect(byte[] protectedSecret);
}
