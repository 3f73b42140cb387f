using System.Text;
using WorkflowStudio.Engine.Connectors;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>Encrypts by turning the text round.</summary>
internal sealed class FakeProtector : ISecretProtector
{
    public byte[] Protect(string secret) => Encoding.UTF8.GetBytes(Turned(secret));

    public string? Unprotect(byte[] protectedSecret) => Turned(Encoding.UTF8.GetString(protectedSecret));

    private static string Turned(string text) => string.Concat(text.Reverse());
}
